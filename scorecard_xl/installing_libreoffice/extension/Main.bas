Option Explicit

' Stands in LibreOffice for the module of the xlwings add-in that has this name.

Public Function RunPython(PythonCommand As String)
    GlobalScope.BasicLibraries.loadLibrary "scorecard_xl"
    scorecard_xl.Scorecard.RunPython PythonCommand
End Function

' Nothing that lies beside a workbook is on the path of the Python that is started.
Public Function GetConfig(configKey As String, Optional default As String, Optional source As String) As Variant
    If configKey = "ADD_WORKBOOK_TO_PYTHONPATH" Then
        GetConfig = "false"
    Else
        GetConfig = default
    End If
End Function

Public Function GetDirectoryConfigFilePath() As String
    GetDirectoryConfigFilePath = ""
End Function
