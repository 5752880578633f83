using Parley.Core.Names;

namespace Parley.Server.Accounts;

/// <summary>Words that say why something is no name, or none here.</summary>
internal static class NameWords
{
    /// <summary>Why names that are not of ASCII are refused where they are.</summary>
    public const string OnlyAscii = "names on this server have letters of ASCII only";

    /// <summary>Returns what a name has to be like that this text is none of, as a sentence without a full stop.</summary>
    /// <param name="text">The text, which is no name of a user.</param>
    /// <param name="kind">What such names are called: "Nicknames".</param>
    public static string Rule(string text, string kind) => UserName.FaultOf(text) switch
    {
        NameFault.Scripts => $"{kind} have letters of one script, as those of another may look the same",
        NameFault.Direction => $"{kind} that are written from right to left begin with such a letter, and end with one or with a digit",
        NameFault.Digits => $"{kind} have digits of one kind",
        NameFault.Marks => $"{kind} have marks only on letters, four at most, and none twice",
        _ => $"{kind} have {UserName.Form}",
    };
}
