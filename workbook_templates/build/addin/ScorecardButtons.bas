Attribute VB_Name = "ScorecardButtons"
Option Explicit

' What the ribbon and the buttons on the sheets run.

Public Sub ScorecardRefresh()
    Tell AnswerTo(REFRESH)
End Sub

Public Sub ScorecardCheck()
    Tell AnswerTo(CHECK)
End Sub

Public Sub ScorecardDoctor()
    Tell AnswerTo(DOCTOR)
End Sub

Public Sub ScorecardHelp()
    MsgBox AboutScorecard(), vbInformation, "Scorecard"
End Sub

' The ribbon hands over the control that was clicked. It is taken as Object, so that nothing
' hangs on a reference to the Office library.
Public Sub RibbonRefresh(control As Object)
    ScorecardRefresh
End Sub

Public Sub RibbonCheck(control As Object)
    ScorecardCheck
End Sub

Public Sub RibbonDoctor(control As Object)
    ScorecardDoctor
End Sub

Public Sub RibbonHelp(control As Object)
    ScorecardHelp
End Sub

Private Sub Tell(ByVal sentence As String)
    If Len(sentence) > 0 Then MsgBox sentence, vbExclamation, "Scorecard"
End Sub
