namespace Parley.Core.Files;

/// <summary>State of a file with regard to the message that links to it, with which it lives.</summary>
public enum FileUse
{
    /// <summary>No message has linked to it yet.</summary>
    Waiting,

    /// <summary>A message links to it.</summary>
    Said,

    /// <summary>The message was taken back: the file is shown to nobody, and removed unless its owner links to it again at once, as who edits a message does.</summary>
    TakenBack,
}
