Attribute VB_Name = "Probe"
Option Explicit

Public Function RefusalOfNothing() As String
    RefusalOfNothing = RefusalOf(Nothing)
End Function
