namespace Parley.Conformance.Tests.Support;

/// <summary>One line from the server, taken apart in a way of its own: the server's parser is what is tested.</summary>
internal sealed record IrcLine(string Raw, IReadOnlyDictionary<string, string> Tags, string Source, string Command, IReadOnlyList<string> Parameters)
{
    /// <summary>The line without its tags.</summary>
    public string Body => Raw is ['@', ..] ? Raw[(Raw.IndexOf(' ', StringComparison.Ordinal) + 1)..] : Raw;

    /// <summary>The last parameter.</summary>
    public string Text => Parameters.Count == 0 ? "" : Parameters[^1];

    /// <summary>The name before <c>!</c>.</summary>
    public string Nick => Source.Split('!')[0];

    public static IrcLine Parse(string raw)
    {
        var rest = raw;
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        if (rest is ['@', ..])
        {
            foreach (var tag in TakeWord(ref rest)[1..].Split(';'))
            {
                var pair = tag.Split('=', 2);
                tags[pair[0]] = pair.Length > 1 ? Unescape(pair[1]) : "";
            }
        }

        var source = rest is [':', ..] ? TakeWord(ref rest)[1..] : "";
        var command = TakeWord(ref rest);
        var parameters = new List<string>();
        while (rest.Length > 0)
        {
            if (rest[0] == ':')
            {
                parameters.Add(rest[1..]);
                break;
            }

            parameters.Add(TakeWord(ref rest));
        }

        return new IrcLine(raw, tags, source, command, parameters);
    }

    public override string ToString() => Raw;

    private static string TakeWord(ref string rest)
    {
        var space = rest.IndexOf(' ', StringComparison.Ordinal);
        var word = space < 0 ? rest : rest[..space];
        rest = space < 0 ? "" : rest[(space + 1)..];
        return word;
    }

    private static string Unescape(string value)
    {
        var text = new System.Text.StringBuilder();
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != '\\')
            {
                text.Append(value[i]);
            }
            else if (++i < value.Length)
            {
                text.Append(value[i] switch { ':' => ';', 's' => ' ', 'r' => '\r', 'n' => '\n', var other => other });
            }
        }

        return text.ToString();
    }
}
