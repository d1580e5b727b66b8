Attribute VB_Name = "ScorecardButtons"
Option Explicit

' What the ribbon and the buttons on the sheets run.

Public Sub ScorecardRefresh()
    Tell AnswerTo("refresh")
End Sub

Public Sub ScorecardCheck()
    Tell AnswerTo("check")
End Sub

Public Sub ScorecardDoctor()
    Tell AnswerTo("doctor")
End Sub

Public Sub ScorecardHelp()
    MsgBox AboutScorecard(), vbInformation, "Scorecard"
End Sub

' The ribbon hands over the control that was clicked, whose tag names its action. It is taken
' as Object, so that nothing hangs on a reference to the Office library.
Public Sub RibbonAction(control As Object)
    Tell AnswerTo(control.Tag)
End Sub

Public Sub RibbonHelp(control As Object)
    ScorecardHelp
End Sub

Private Sub Tell(ByVal sentence As String)
    If Len(sentence) > 0 Then MsgBox sentence, vbExclamation, "Scorecard"
End Sub
