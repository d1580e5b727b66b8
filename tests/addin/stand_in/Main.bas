Attribute VB_Name = "Main"
Option Explicit

' Stands in for the module of the xlwings add-in that has this name: it notes what it is told
' to run, and answers as files in its folder say.

Public Function RunPython(PythonCommand As String)
    Dim channel As Integer
    channel = FreeFile
    Open ThisWorkbook.Path & "/asked.txt" For Append As #channel
    Print #channel, ActiveWorkbook.Name & ": " & PythonCommand
    Close #channel
    If Len(LineIn("error.txt")) > 0 Then Err.Raise CLng(LineIn("error.txt")), "xlwings", "the reason"
End Function

Public Function GetConfig(configKey As String, Optional default As String = "", Optional source As String = "") As Variant
    If Len(LineIn("config_error.txt")) > 0 Then Err.Raise CLng(LineIn("config_error.txt"))
    GetConfig = default
    If Len(LineIn("on_path.txt")) > 0 Then GetConfig = LineIn("on_path.txt")
End Function

' As the vendor's, it ends the folder twice, and begins with the separator where it has none.
Public Function GetDirectoryConfigFilePath() As String
    If Len(LineIn("synced.txt")) > 0 Then GetDirectoryConfigFilePath = LineIn("synced.txt") & "/"
    GetDirectoryConfigFilePath = GetDirectoryConfigFilePath & "/xlwings.conf"
End Function

Private Function LineIn(fileName As String) As String
    Dim channel As Integer, found As String
    If Len(Dir(ThisWorkbook.Path & "/" & fileName)) = 0 Then Exit Function
    channel = FreeFile
    Open ThisWorkbook.Path & "/" & fileName For Input As #channel
    Line Input #channel, found
    Close #channel
    LineIn = found
End Function
