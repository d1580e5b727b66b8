Attribute VB_Name = "ScorecardFolder"
Option Explicit
Option Private Module

' What lies beside a workbook and would be run, or could make RunPython start another program.

' Hidden files count as well.
Private Const FILES As Long = 6
Private Const FILES_AND_FOLDERS As Long = 22
Private Const PYTHON_ENDINGS As String = ".py.pyw.pyc.pyd.so."
Private Const MOST_FOLDERS As Long = 200
Public Const TOO_MANY As String = "*"

' A workbook's folder holds one file at least, so an empty list means that Dir cannot read
' the folder's name.
Public Function CanBeListed(ByVal folder As String) As Boolean
    CanBeListed = NamesIn(folder, FILES).Count > 0
End Function

Public Function HoldsSettings(ByVal folder As String) As Boolean
    Dim entry As Variant
    For Each entry In NamesIn(folder, FILES)
        If LCase$(entry) = "xlwings.conf" Then HoldsSettings = True
    Next entry
End Function

' The first thing that Python would import from a folder on its path: an archive with the
' workbook's name, a Python file, or one in a folder below that could be a package. TOO_MANY
' if there are more folders than can be searched while somebody waits.
Public Function ImportableIn(ByVal folder As String, ByVal workbookName As String) As String
    Dim searched As New Collection, i As Long
    ImportableIn = ArchiveIn(folder, workbookName)
    searched.Add folder
    Do While i < searched.Count And Len(ImportableIn) = 0
        i = i + 1
        ImportableIn = PythonFileIn(searched(i))
        If i > MOST_FOLDERS Then ImportableIn = TOO_MANY
        AddPackages searched, searched(i)
    Loop
End Function

' RunPython adds the archive that has the workbook's name to the path as well. Dir shows
' letters outside the code page as others; where the name has some, every archive counts.
Private Function ArchiveIn(ByVal folder As String, ByVal workbookName As String) As String
    Dim entry As Variant, wanted As String
    wanted = LCase$(Left$(workbookName, InStrRev(workbookName, ".") - 1)) & ".zip"
    For Each entry In NamesIn(folder, FILES)
        If LCase$(entry) = wanted Then ArchiveIn = entry
        If wanted Like "*[! -~]*" And LCase$(entry) Like "*.zip" Then ArchiveIn = entry
    Next entry
End Function

Private Function PythonFileIn(ByVal folder As String) As String
    Dim entry As Variant, ending As String
    For Each entry In NamesIn(folder, FILES)
        ending = "." & LCase$(Mid$(entry, InStrRev(entry, ".") + 1)) & "."
        If InStr(PYTHON_ENDINGS, ending) > 0 Then PythonFileIn = entry
    Next entry
End Function

' Python imports no folder whose name holds other characters than these.
Private Sub AddPackages(searched As Collection, ByVal folder As String)
    Dim entry As Variant, path As String
    For Each entry In NamesIn(folder, FILES_AND_FOLDERS)
        path = folder & Application.PathSeparator & entry
        If Not (entry Like "*[!A-Za-z0-9_]*") Then
            If (GetAttr(path) And vbDirectory) <> 0 Then searched.Add path
        End If
    Next entry
End Sub

' Dir is given no pattern, because Excel for Mac knows none.
Private Function NamesIn(ByVal folder As String, ByVal attributes As Long) As Collection
    Dim found As New Collection, entry As String
    entry = Dir(folder & Application.PathSeparator, attributes)
    Do While Len(entry) > 0
        If entry <> "." And entry <> ".." Then found.Add entry
        entry = Dir()
    Loop
    Set NamesIn = found
End Function
