using System.Text;

namespace Parley.Protocol.Addressed;

// addressed-line  = recipients ":" text               ; the first colon
// recipients      = recipient *("," recipient)
// recipient       = *WS [name] *WS                    ; empty ones do not count
// text            = *WS *OCTET *WS
// WS              = SP / HTAB / VT / FF / CR / LF

/// <summary>Parses what an addressed client sends after its login.</summary>
public static class AddressedParser
{
    /// <summary>Splits a line into recipients and text; on an error <paramref name="parsed"/> is empty.</summary>
    /// <param name="line">The line without its ending.</param>
    /// <param name="maxRecipients">How many names may stand before the colon, repeated ones counted each time.</param>
    /// <param name="parsed">Slices of <paramref name="line"/>.</param>
    public static AddressedError TryParse(ReadOnlySpan<byte> line, int maxRecipients, out AddressedLine parsed)
    {
        parsed = default;
        var colon = line.IndexOf((byte)':');
        if (colon < 0)
        {
            return AddressedError.NoColon;
        }

        var count = 0;
        foreach (var _ in new RecipientEnumerator(line[..colon]))
        {
            if (++count > maxRecipients)
            {
                return AddressedError.TooManyRecipients;
            }
        }

        if (count == 0)
        {
            return AddressedError.NoRecipient;
        }

        var text = line[(colon + 1)..];
        parsed = new AddressedLine(line[..colon], text[Ascii.Trim(text)]);
        return AddressedError.None;
    }
}
