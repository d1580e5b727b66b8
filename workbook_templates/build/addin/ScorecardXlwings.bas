Attribute VB_Name = "ScorecardXlwings"
Option Explicit
Option Private Module

' What is asked of the installed xlwings add-in before it is told to run anything. It is asked
' by name, so that the project needs no reference to it.

' Application.Run would load an xlwings.xlam that lies in the current folder, and whoever
' sent the workbook may have sent one with it: so it must be loaded already.
Public Function IsXlwingsLoaded() As Boolean
    Dim addin As Object
    On Error Resume Next
    Set addin = Workbooks("xlwings.xlam")
    IsXlwingsLoaded = Not addin Is Nothing
End Function

' Whether RunPython will add the workbook's folder to Python's path, by the setting and the
' default that it reads itself. When in doubt, it will.
Public Function IsFolderOnPath() As Boolean
    Dim setting As String
    setting = "true"
    On Error Resume Next
    setting = Application.Run("'xlwings.xlam'!GetConfig", "ADD_WORKBOOK_TO_PYTHONPATH", "true")
    IsFolderOnPath = LCase$(setting) <> "false"
End Function

' The folder on this computer where RunPython will look for an xlwings.conf when the active
' workbook's own path is an address; blank if it knows of none.
Public Function SyncedFolder() As String
    Dim path As String
    On Error Resume Next
    path = Application.Run("'xlwings.xlam'!GetDirectoryConfigFilePath")
    SyncedFolder = Left$(path, Len(path) - Len("xlwings.conf"))
End Function
