using Parley.Core.Text;
using Parley.Server.Options;

namespace Parley.Server.Irc.AuthTokens;

/// <summary>The services outside of the server that people prove to whom they are, by name.</summary>
/// <remarks>
/// <code>
/// file = *( [ name 1*blank url [ 1*blank description ] / "#" comment ] LF )
/// </code>
/// </remarks>
internal sealed class OutsideServices
{
    private const int MaxLineBytes = 400;

    private readonly SortedDictionary<string, OutsideService> _services = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>All of them, by name.</summary>
    public IReadOnlyCollection<OutsideService> All => _services.Values;

    /// <summary>Takes a file's lines apart.</summary>
    /// <exception cref="SettingsException">Says every line at fault.</exception>
    public static OutsideServices Parse(string path, IReadOnlyList<string> lines)
    {
        var services = new OutsideServices();
        var errors = new List<string>();
        foreach (var (index, line) in lines.Index())
        {
            if (!services.TryAdd(line))
            {
                errors.Add($"services: {path}, line {index + 1} will not do: give a name once, its URL, and what it is, as in FILES https://files.example/ Files and pictures");
            }
        }

        return errors.Count == 0 ? services : throw new SettingsException(errors);
    }

    /// <summary>The service of that name, whatever its case; null if there is none.</summary>
    public OutsideService? Find(string name) => _services.GetValueOrDefault(name);

    private bool TryAdd(string line)
    {
        var words = line.Split((char[]?)null, 3, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || words[0].StartsWith('#'))
        {
            return true;
        }

        return line.Length <= MaxLineBytes
            && words.Length >= 2
            && words[0].All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or '/')
            && AbsoluteUrl.TryParse(words[1], out _)
            && _services.TryAdd(words[0], new OutsideService(words[0].ToUpperInvariant(), words[1], words.ElementAtOrDefault(2) ?? ""));
    }
}
