using FsCheck;
using FsCheck.Fluent;

namespace Parley.Protocol.Tests;

/// <summary>Texts and names for property tests.</summary>
internal static class TextGen
{
    private static readonly string[] Pieces =
    [
        "a", "Hello", " ", "\t", ":", ": ", ",", "/", "* ", "from ", "[10:32] ", " joined", " is now ", "\r", "\n", "\0", "\u001b[2J",
        "\u007f", "\u0080", "\u0085", "\u009f", "\u00a0", "\u00c2", "\u00e9", "\u6f22", "\U0001F600",
    ];

    /// <summary>Well-formed text with whatever might upset a writer.</summary>
    public static Gen<string> Any { get; } = Gen.Elements(Pieces).ArrayOf().Select(string.Concat);

    /// <summary>Text without control characters, as it arrives at a client.</summary>
    public static Gen<string> Clean { get; } =
        Any.Select(text => string.Concat(text.Where(c => c == '\t' || !char.IsControl(c))));

    /// <summary>Names of users and rooms.</summary>
    public static Gen<string> Name { get; } =
        from length in Gen.Choose(2, 20)
        from letters in Gen.Elements("ABCXYZabcxyz019-_".ToCharArray()).ArrayOf(length)
        select new string(letters);
}
