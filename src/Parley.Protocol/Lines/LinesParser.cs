namespace Parley.Protocol.Lines;

// request   = command / text
// command   = "/" word [1*SP argument] *SP
// word      = *OCTET-EXCEPT-SP
// argument  = OCTET-EXCEPT-SP [*OCTET OCTET-EXCEPT-SP]
// text      = [OCTET-EXCEPT-SLASH *OCTET] / escaped
// escaped   = "/" "/" *OCTET                             ; says the line from its second slash on

/// <summary>Parses what a lines client sends.</summary>
public static class LinesParser
{
    private const byte Space = (byte)' ';

    /// <summary>Tells a command from text; a command is its whole first word, so <c>/helpme</c> is not <c>/help</c>. A second slash makes it text: <c>//help</c> says <c>/help</c>.</summary>
    public static LinesRequest Parse(ReadOnlySpan<byte> line)
    {
        if (line is not [(byte)'/', .. var rest])
        {
            return new LinesRequest(line);
        }

        if (rest is [(byte)'/', ..])
        {
            return new LinesRequest(rest);
        }

        var end = rest.IndexOf(Space);
        return end < 0
            ? new LinesRequest(line, rest, default)
            : new LinesRequest(line, rest[..end], rest[end..].Trim(Space));
    }

    /// <summary>Takes the first word off an argument, and the spaces around it; empty when there is none.</summary>
    public static ReadOnlySpan<byte> TakeWord(ref ReadOnlySpan<byte> rest)
    {
        rest = rest.TrimStart(Space);
        var end = rest.IndexOf(Space);
        var word = end < 0 ? rest : rest[..end];
        rest = rest[word.Length..].TrimStart(Space);
        return word;
    }
}
