Attribute VB_Name = "ScorecardSentences"
Option Explicit
Option Private Module

' All that the add-in says by itself, without Python. What Python finds, Python says.

Private Const ADDIN_VERSION As String = "0.1.0"

Public Function SentenceOfError(ByVal errorNumber As Long, ByVal errorText As String) As String
    Select Case errorNumber
    Case 70, 1000
        SentenceOfError = "Your organisation stops Excel from starting other programs. " & _
            "Use Scorecard from the Start menu, or send IT the page For your IT desk."
    Case 1004
        SentenceOfError = "The xlwings add-in does not answer: Excel cannot run its RunPython. " & _
            "Run scorecard-xl addin install, then restart Excel; if that does not " & _
            "help, macros may be switched off: send IT the page For your IT desk."
    Case Else
        SentenceOfError = "Python was not started: Excel gives error " & errorNumber & " (" & _
            errorText & "). Restart Excel and try again; if it comes back, run " & _
            "scorecard-xl doctor, which looks for the cause."
    End Select
End Function

Public Function AboutScorecard() As String
    AboutScorecard = "Scorecard " & ADDIN_VERSION & ". Refresh fills the scorecard of the " & _
        "active workbook from its counts, Check lists what is wrong in it, Roll forward " & _
        "makes the next period's file, Circulate makes a copy that is safe to send, Doctor " & _
        "looks for what stops the buttons from working." & vbLf & vbLf & _
        "For your IT desk: these macros change no file and start no program themselves. " & _
        "They check the workbook, then hand one of a few fixed texts to RunPython of the " & _
        "xlwings add-in, which starts Python. The page For your IT desk, printed by " & _
        "scorecard-xl addin it-desk, says what is installed where."
End Function

Public Function NoWorkbook() As String
    NoWorkbook = "No workbook is ready for editing; choose a scorecard workbook, click Enable " & _
        "Editing if Excel offers it, and try again."
End Function

Public Function NoXlwings() As String
    NoXlwings = "The xlwings add-in is not loaded in this Excel, and Scorecard starts Python " & _
        "through it; run scorecard-xl addin install, then restart Excel, or use " & _
        "Scorecard from the Start menu."
End Function

Public Function NoScorecard(ByVal workbookName As String) As String
    NoScorecard = "'" & workbookName & "' is not a scorecard: it has no name scorecard_body; " & _
        "click into a scorecard workbook and try again."
End Function

Public Function NotSaved(ByVal workbookName As String) As String
    NotSaved = "'" & workbookName & "' has not been saved yet; save it, and try again."
End Function

Public Function SheetRefused(ByVal workbookName As String, ByVal sheetName As String) As String
    SheetRefused = Refused(workbookName, "its sheet '" & sheetName & "' could run a " & _
        "program of somebody else's; delete that sheet if you know where it comes from, " & _
        "or ask your IT desk.")
End Function

Public Function SettingsRefused(ByVal workbookName As String) As String
    SettingsRefused = Refused(workbookName, "the file xlwings.conf beside it could run a " & _
        "program of somebody else's; move the workbook to a folder of its own.")
End Function

Public Function PythonRefused(ByVal workbookName As String, ByVal found As String) As String
    PythonRefused = Refused(workbookName, "Python would run '" & found & "', which lies " & _
        "beside it; move the workbook to a folder of its own, or run scorecard-xl addin " & _
        "install, after which nothing beside a workbook is run.")
End Function

Public Function TooManyFolders(ByVal workbookName As String) As String
    TooManyFolders = Refused(workbookName, "beside it lie more folders than can be searched " & _
        "for Python files; move the workbook to a folder of its own, or run scorecard-xl " & _
        "addin install, after which nothing beside a workbook is run.")
End Function

Public Function AddressRefused(ByVal workbookName As String) As String
    AddressRefused = Refused(workbookName, "it lies on OneDrive or SharePoint, where the " & _
        "files beside it cannot be checked; run scorecard-xl addin install, after which " & _
        "nothing beside a workbook is run.")
End Function

Public Function FolderUnreadable(ByVal workbookName As String) As String
    FolderUnreadable = Refused(workbookName, "the files beside it cannot be listed; move " & _
        "the workbook to a folder of its own with a short name of plain letters.")
End Function

Public Function CharacterRefused(ByVal workbookName As String) As String
    CharacterRefused = Refused(workbookName, "its name, or that of its folder, holds one " & _
        "of ; "" ^ | ` % $ ! (on a Mac also \), or a sign that cannot be seen; rename it, " & _
        "and try again.")
End Function

Private Function Refused(ByVal workbookName As String, ByVal reason As String) As String
    Refused = "Nothing was run on '" & workbookName & "': " & reason
End Function
