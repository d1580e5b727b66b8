Attribute VB_Name = "ScorecardCall"
Option Explicit
Option Private Module

' The one way to Python. A formula in a cell may use a function like these, so its user
' chooses an action, and never says what is run.
Public Const REFRESH As Long = 1
Public Const CHECK As Long = 2
Public Const DOCTOR As Long = 3

' Starts Python, and says what came in between: nothing, if Python was started. Python then
' speaks for itself.
Public Function AnswerTo(ByVal action As Long) As String
    On Error GoTo Failed
    AnswerTo = RefusalOf(ActiveWorkbook)
    If Len(AnswerTo) = 0 Then RunPython action
    Exit Function
Failed:
    AnswerTo = SentenceOfError(Err.Number, Err.Description)
End Function

Private Sub RunPython(ByVal action As Long)
    Select Case action
    Case REFRESH
        Application.Run "'xlwings.xlam'!RunPython", _
            "from scorecard_xl import addin; addin.refresh()"
    Case CHECK
        Application.Run "'xlwings.xlam'!RunPython", _
            "from scorecard_xl import addin; addin.check()"
    Case DOCTOR
        Application.Run "'xlwings.xlam'!RunPython", _
            "from scorecard_xl import addin; addin.doctor()"
    End Select
End Sub
