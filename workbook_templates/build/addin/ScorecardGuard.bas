Attribute VB_Name = "ScorecardGuard"
Option Explicit
Option Private Module

' A workbook that came by mail must not be able to run code. RunPython takes settings from the
' workbook and its folder, and Python takes modules from there; what could bring in a program
' of somebody else's is refused before RunPython is asked.

' Characters that RunPython's line of arguments and Python's list of folders give a meaning to.
' Even in double quotes a line of commands expands %NAME%, on a Mac $(...), ` and !.
Private Const REFUSED_CHARACTERS As String = ";""^|`%$!"
Private Const ENCODED_SPACE As String = "%20"

' Why nothing is run on this workbook, as a sentence; blank if nothing stands against it.
Public Function RefusalOf(ByVal book As Object) As String
    If book Is Nothing Then
        RefusalOf = NoWorkbook()
    ElseIf Not IsXlwingsLoaded() Then
        RefusalOf = NoXlwings()
    ElseIf Not IsScorecard(book) Then
        RefusalOf = NoScorecard(book.Name)
    ElseIf Len(RefusedSheet(book)) > 0 Then
        RefusalOf = SheetRefused(book.Name, RefusedSheet(book))
    Else
        RefusalOf = RefusalOfPlace(book.Name, book.Path)
    End If
End Function

Private Function IsScorecard(ByVal book As Object) As Boolean
    Dim defined As Object
    For Each defined In book.Names
        If LCase$(defined.Name) = "scorecard_body" Then IsScorecard = True
    Next defined
End Function

Private Function RefusedSheet(ByVal book As Object) As String
    Dim sheet As Object
    For Each sheet In book.Sheets
        If IsRefusedSheet(sheet.Name) Then RefusedSheet = sheet.Name
    Next sheet
End Function

Public Function IsRefusedSheet(ByVal name As String) As Boolean
    IsRefusedSheet = LCase$(name) = "xlwings.conf" Or LCase$(Right$(name, 3)) = ".py"
End Function

' The same for where a workbook lies: a folder of this computer or network, or an address.
Public Function RefusalOfPlace(ByVal workbookName As String, ByVal path As String) As String
    If Len(path) = 0 Then
        RefusalOfPlace = NotSaved(workbookName)
    ElseIf HasRefusedCharacter(path & workbookName) Then
        RefusalOfPlace = CharacterRefused(workbookName)
    ElseIf InStr(path, "://") > 0 Then
        RefusalOfPlace = RefusalOfAddress(workbookName, WithoutSeparator(SyncedFolder()))
    Else
        RefusalOfPlace = RefusalOfFolder(workbookName, WithoutSeparator(path))
    End If
End Function

' An address cannot be looked into, only the folder it is synchronised with, if one is known.
Private Function RefusalOfAddress(ByVal workbookName As String, ByVal folder As String) As String
    If Len(folder) > 0 Then
        RefusalOfAddress = RefusalOfFolder(workbookName, folder)
    ElseIf IsFolderOnPath() Then
        RefusalOfAddress = AddressRefused(workbookName)
    End If
End Function

Private Function RefusalOfFolder(ByVal workbookName As String, ByVal folder As String) As String
    Dim found As String
    On Error GoTo Unreadable
    If Not CanBeListed(folder) Then
        RefusalOfFolder = FolderUnreadable(workbookName)
    ElseIf HoldsSettings(folder) Then
        RefusalOfFolder = SettingsRefused(workbookName)
    ElseIf IsFolderOnPath() Then
        found = ImportableIn(folder, workbookName)
        If found = TOO_MANY Then
            RefusalOfFolder = TooManyFolders(workbookName)
        ElseIf Len(found) > 0 Then
            RefusalOfFolder = PythonRefused(workbookName, found)
        End If
    End If
    Exit Function
Unreadable:
    RefusalOfFolder = FolderUnreadable(workbookName)
End Function

Private Function HasRefusedCharacter(ByVal text As String) As Boolean
    Dim i As Long
    Dim character As String
    ' Addresses of SharePoint have their spaces like this.
    If InStr(text, "://") > 0 Then text = Replace(text, ENCODED_SPACE, " ")
    For i = 1 To Len(text)
        character = Mid$(text, i, 1)
        If IsRefusedCharacter(character) Then HasRefusedCharacter = True
    Next i
End Function

Private Function IsRefusedCharacter(ByVal character As String) As Boolean
    Dim code As Long
    ' AscW counts the upper half of all characters from below zero.
    code = AscW(character) And &HFFFF&
    If code < 32 Or code = 127 Then
        IsRefusedCharacter = True
    ElseIf character = "\" Then
        IsRefusedCharacter = Application.PathSeparator <> "\"
    Else
        IsRefusedCharacter = InStr(REFUSED_CHARACTERS, character) > 0
    End If
End Function

Private Function WithoutSeparator(ByVal folder As String) As String
    WithoutSeparator = folder
    Do While Right$(WithoutSeparator, 1) = Application.PathSeparator
        WithoutSeparator = Left$(WithoutSeparator, Len(WithoutSeparator) - 1)
    Loop
End Function
