Attribute VB_Name = "ScorecardCall"
Option Explicit
Option Private Module

' The one way to Python. A formula in a cell may use a function like these, so its user
' chooses an action by its name, and never says what is run.

' Starts Python, and says what came in between: nothing, if Python was started. Python then
' speaks for itself.
Public Function AnswerTo(ByVal action As String) As String
    On Error GoTo Failed
    AnswerTo = RefusalOf(ActiveWorkbook)
    If Len(AnswerTo) = 0 Then RunPython action
    Exit Function
Failed:
    AnswerTo = SentenceOfError(Err.Number, Err.Description)
End Function

Private Sub RunPython(ByVal action As String)
    Select Case action
    Case "refresh"
        Application.Run "'xlwings.xlam'!RunPython", _
            "from scorecard_xl import addin; addin.refresh()"
    Case "check"
        Application.Run "'xlwings.xlam'!RunPython", _
            "from scorecard_xl import addin; addin.check()"
    Case "roll_forward"
        Application.Run "'xlwings.xlam'!RunPython", _
            "from scorecard_xl import addin; addin.roll_forward()"
    Case "circulate"
        Application.Run "'xlwings.xlam'!RunPython", _
            "from scorecard_xl import addin; addin.circulate()"
    Case "doctor"
        Application.Run "'xlwings.xlam'!RunPython", _
            "from scorecard_xl import addin; addin.doctor()"
    End Select
End Sub
