using System.Buffers;
using System.Globalization;
using System.Text;
using Parley.Server.Irc.Sessions;

namespace Parley.Server.Irc.Metadata;

// https://ircv3.net/specs/extensions/metadata#keys-and-values
//
// key = 1*50( "a"-"z" / "0"-"9" / "_" / "." / "/" / "-" )

/// <summary>Limits of metadata. A key with its value always fits into one line with the longest of names and hosts.</summary>
internal static class MetadataLimits
{
    /// <summary>Bytes of a value.</summary>
    public const int MaxValueBytes = 300;

    /// <summary>Members of a room of whom whoever joins is told at once; of larger rooms it has to ask.</summary>
    public const int MaxMembersAtOnce = 100;

    private const int MaxKeyLength = 50;

    private static readonly SearchValues<char> KeyChars = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_./-");

    /// <summary>The value of the capability, as of proposal 613.</summary>
    /// <param name="maxKeys">Keys under which a user, or a room, may have values: the broker's to say.</param>
    public static string Offer3(int maxKeys) => string.Create(CultureInfo.InvariantCulture, $"{Offer(maxKeys)},max-key-bytes={MaxKeyLength}");

    /// <summary>The value of the capability.</summary>
    /// <param name="maxKeys">Keys under which a user, or a room, may have values: the broker's to say.</param>
    public static string Offer(int maxKeys) => string.Create(
        CultureInfo.InvariantCulture, $"before-connect,max-subs={SessionMetadata.MaxSubscriptions},max-keys={maxKeys},max-value-bytes={MaxValueBytes}");

    public static bool IsKey(string key) => key.Length is > 0 and <= MaxKeyLength && !key.AsSpan().ContainsAnyExcept(KeyChars);

    public static bool IsValue(string value) => Encoding.UTF8.GetByteCount(value) <= MaxValueBytes;
}
