Option Explicit

' What the buttons of a scorecard do in LibreOffice: a Python is told one of a few fixed words,
' and works on the workbook through a pipe that other users can reach only where files made by
' LibreOffice are open to them. It was started when the workbook was opened, and waits; where none
' does, it is started now.

Private Const TITLE As String = "Scorecard"
Private Const EXTENSION As String = "org.scorecard_xl.libreoffice"
Private Const SECONDS_TO_ANSWER As Long = 30
Private Const ERROR_SIGN As Long = 48

Global listener As Object
Global pipeName As String
Global isOpening As Boolean
Global isStarting As Boolean
Global isPreparing As Boolean
Global waiting As Object

' Stands for RunPython of the xlwings add-in, which a scorecard's own macros ask.
Public Sub RunPython(command As String)
    Dim action As Variant
    For Each action In Actions()
        If command = "from scorecard_xl import addin; addin." & action & "()" Then
            StartPython action
            Exit Sub
        End If
    Next action
    Tell "Nothing was run: a scorecard's buttons ask for what is in its menu, and this one asks " & _
        "for something else."
End Sub

' LibreOffice calls this whenever it has opened a document. A scorecard's macros look for the
' xlwings add-in among the open workbooks; a workbook of that name is laid beside them, unseen.
Public Sub WhenOpened(Optional happened As Variant)
    Dim frame As Object
    On Error GoTo Failed
    If isOpening Then Exit Sub
    frame = FrameOfScorecard()
    If IsNull(frame) Then Exit Sub
    If Not IsStandInOpen() Then
        isOpening = True
        OpenStandIn
        frame.activate
        frame.ContainerWindow.setFocus
    End If
    If frame.Controller.Model.AllowMacroExecution Then Prepare
Failed:
    isOpening = False
End Sub

' The frame of a workbook that has our macros, if one is shown; if several, one where they run.
Private Function FrameOfScorecard() As Object
    Dim documents As Object, document As Object, frame As Object, found As Object
    documents = StarDesktop.Components.createEnumeration()
    Do While documents.hasMoreElements()
        document = documents.nextElement()
        If IsScorecard(document) Then
            frame = document.CurrentController.Frame
            If document.BasicLibraries.hasByName("VBAProject") And _
                frame.ContainerWindow.isVisible() Then
                If IsNull(found) Or document.AllowMacroExecution Then found = frame
            End If
        End If
    Loop
    FrameOfScorecard = found
End Function

' Macros find what is shown once, however briefly, and only in what passes for a VBA project.
Private Sub OpenStandIn()
    Dim wanted(2) As New com.sun.star.beans.PropertyValue, opened As Object, window As Object
    wanted(0).Name = "Hidden"
    wanted(0).Value = True
    wanted(1).Name = "MacroExecutionMode"
    wanted(1).Value = com.sun.star.document.MacroExecMode.ALWAYS_EXECUTE_NO_WARN
    wanted(2).Name = "ReadOnly"
    wanted(2).Value = True
    opened = StarDesktop.loadComponentFromURL(StandInAddress(), "_blank", 0, wanted())
    opened.BasicLibraries.ProjectName = "Standard"
    opened.BasicLibraries.VBACompatibilityMode = True
    opened.BasicLibraries.loadLibrary "Standard"
    window = opened.CurrentController.Frame.ContainerWindow
    window.setPosSize -9999, -9999, 1, 1, com.sun.star.awt.PosSize.POSSIZE
    window.setVisible True
    window.setVisible False
    ' Active once, so that the next one to become active takes its place.
    opened.CurrentController.Frame.activate
End Sub

Private Function StandInAddress() As String
    Dim packages As Object
    packages = GetDefaultContext().getValueByName( _
        "/singletons/com.sun.star.deployment.PackageInformationProvider")
    StandInAddress = packages.getPackageLocation(EXTENSION) & "/xlwings.xlam"
End Function

Private Function IsStandInOpen() As Boolean
    Dim documents As Object, address As String
    address = StandInAddress()
    documents = StarDesktop.Components.createEnumeration()
    Do While documents.hasMoreElements()
        If UrlOf(documents.nextElement()) = address Then IsStandInOpen = True
    Loop
End Function

Private Function UrlOf(document As Object) As String
    On Error Resume Next
    UrlOf = document.URL
End Function

Private Function IsScorecard(document As Object) As Boolean
    On Error Resume Next
    If IsNull(document) Then Exit Function
    If Not document.supportsService("com.sun.star.sheet.SpreadsheetDocument") Then Exit Function
    IsScorecard = document.NamedRanges.hasByName("scorecard_body")
End Function

Public Sub StartPython(ByVal action As String)
    Dim book As Object, answer As Object, request As String, sentence As String
    On Error GoTo Failed
    book = StarDesktop.CurrentComponent
    sentence = RefusalOf(book)
    If Len(sentence) = 0 Then
        isStarting = True
        answer = CreateUnoService("com.sun.star.io.TempFile")
        request = Join(Array(action, book.RuntimeUID, ConvertToURL(answer.ResourceName)), " ")
        If Not IsHandedOver(request) Then
            isPreparing = False
            StartWith "press", request
        End If
        sentence = SentenceIn(answer.ResourceName)
        isStarting = False
    End If
    If Len(sentence) > 0 Then Tell sentence
    Exit Sub
Failed:
    isStarting = False
    Tell "Python was not started (" & Error$ & "); run scorecard-xl addin install --libreoffice " & _
        "again, and then this."
End Sub

Private Function RefusalOf(book As Object) As String
    If isStarting Then
        RefusalOf = "Python is being started already; wait until it has answered."
    ElseIf Not IsScorecard(book) Then
        RefusalOf = "This is not a scorecard: it has no name scorecard_body; click into a " & _
            "scorecard workbook and try again."
    ElseIf Not book.hasLocation() Then
        RefusalOf = "The workbook has not been saved yet; save it, and try again."
    End If
End Function

' Has a Python load what a press needs, and wait for one. Python too asks for this, when it has
' done what a press asked for: each press has a Python of its own.
Public Sub Prepare()
    On Error Resume Next
    If isPreparing Or HasOneWaiting() Then Exit Sub
    isPreparing = True
    StartWith "wait", ""
End Sub

Public Function HasOneWaiting() As Boolean
    HasOneWaiting = Not IsNull(waiting)
End Function

' The Python that waits calls this when it has loaded; what is let go of ends.
Public Sub TakeWaiting(python As Object)
    waiting = python
    isPreparing = False
End Sub

' Hands a press over to the Python that waits, if there is one and it still runs.
Private Function IsHandedOver(request As String) As Boolean
    Dim python As Object
    On Error GoTo Failed
    If Not HasOneWaiting() Then Exit Function
    python = waiting
    waiting = Nothing
    python.trigger request
    IsHandedOver = True
Failed:
End Function

Private Sub StartWith(purpose As String, request As String)
    Listen
    Shell Interpreter(), 0, Join(Array("-P -m scorecard_xl.addin_libreoffice", purpose, _
        pipeName, request), " "), False
End Sub

' Has LibreOffice listen, once, at a pipe of a name that no other has.
Private Sub Listen()
    Dim unique As Object, parts As Variant, wanted As String
    If Len(pipeName) > 0 Then Exit Sub
    unique = CreateUnoService("com.sun.star.io.TempFile")
    listener = CreateUnoService("com.sun.star.office.Acceptor")
    ' InStrRev is there only where a workbook's macros call, and not from the menu.
    parts = Split(unique.ResourceName, "/")
    wanted = "scorecard_xl_office_" & Replace(parts(UBound(parts)), ".", "_")
    listener.initialize Array("pipe,name=" & wanted & ";urp;StarOffice.ComponentContext", True)
    pipeName = wanted
End Sub

' LibreOffice calls this before it ends: the pipe is taken away only by who listens no longer.
Public Sub WhenClosing(Optional happened As Variant)
    waiting = Nothing
    listener = Nothing
    pipeName = ""
End Sub

' Waits until Python has answered; it says for itself what it does, but not that it cannot.
Private Function SentenceIn(path As String) As String
    Dim waited As Long, channel As Integer, answered As String
    ' Counted, since the clock starts again at midnight.
    For waited = 1 To SECONDS_TO_ANSWER * 50
        If FileLen(path) > 0 Then Exit For
        Wait 20
    Next waited
    If FileLen(path) = 0 Then
        SentenceIn = "Python did not answer; run scorecard-xl addin status --libreoffice, which " & _
            "looks for the cause."
        Exit Function
    End If
    channel = FreeFile
    Open path For Input As #channel
    Line Input #channel, answered
    Close #channel
    If answered <> "ready" Then SentenceIn = answered
End Function

Private Sub Tell(sentence As String)
    MsgBox sentence, ERROR_SIGN, TITLE
End Sub
