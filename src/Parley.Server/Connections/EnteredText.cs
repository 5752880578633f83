using Parley.Core.Text;
using Parley.Protocol.Framing;

namespace Parley.Server.Connections;

/// <summary>Text as it enters from a protocol that knows neither formatting nor control characters.</summary>
internal static class EnteredText
{
    /// <summary>The text without either.</summary>
    /// <returns>The text itself if it has none.</returns>
    public static ReadOnlySpan<byte> Clean(ReadOnlySpan<byte> text) => Utf8Text.WithoutControls(TextFormatting.Remove(text));
}
