using System.Security.Cryptography;
using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Server.Accounts;
using Parley.Server.Options;

namespace Parley.Server.Irc.Files;

/// <summary>List of those who may become an operator of the server, each by a name and a password of its own.</summary>
/// <remarks>
/// <code>
/// file  = *( [ name 1*blank verifier [ 1*blank host ] [ 1*blank "class=" word ] / class / "#" comment ] LF )     ; as "parley operator name" writes it
/// class = "class" 1*blank word 1*( 1*blank right )
/// </code>
/// </remarks>
internal sealed class IrcOperators
{
    /// <summary>The class with all rights, which need not be in the file.</summary>
    public const string AllRights = "all";

    private const string ClassMark = "class=";

    private readonly Dictionary<string, IrcOperator> _operators = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ServerRights> _classes = new(StringComparer.Ordinal) { [AllRights] = ServerRights.All };
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);

    /// <summary>Their names, in alphabetical order.</summary>
    public IEnumerable<string> Names => _operators.Keys.Order(StringComparer.Ordinal);

    /// <summary>Takes a file's lines apart.</summary>
    /// <exception cref="SettingsException">Says every line at fault.</exception>
    public static IrcOperators Parse(string path, IReadOnlyList<string> lines)
    {
        var operators = new IrcOperators();
        var errors = new List<string>();
        List<(int Number, string[] Words)> people = [];
        foreach (var (index, line) in lines.Index())
        {
            string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words is not ["class", _, ..] || PasswordVerifier.TryParse(words[1], out _))
            {
                people.Add((index + 1, words));
            }
            else if (!operators.TryAddClass(words[1], words[2..]))
            {
                errors.Add($"operators: {path}, line {index + 1} will not do: a class has a name of its own and rights, of {OperatorRights.All}");
            }
        }

        foreach (var (number, words) in people)
        {
            if (words is [.., var last] && last.StartsWith(ClassMark, StringComparison.Ordinal) && !operators._classes.ContainsKey(last[ClassMark.Length..]))
            {
                errors.Add($"operators: {path}, line {number} will not do: there is no class {last[ClassMark.Length..]} in this file");
            }
            else if (!operators.TryAdd(words))
            {
                errors.Add($"operators: {path}, line {number} will not do: give each name once, as parley operator NAME writes it");
            }
        }

        return errors.Count == 0 ? operators : throw new SettingsException(errors);
    }

    /// <summary>The operator of that name and password; null if there is none. A name that there is none of takes as long.</summary>
    public async ValueTask<IrcOperator?> AuthenticateAsync(string name, string password, CancellationToken cancellationToken)
    {
        var found = _operators.GetValueOrDefault(name);
        var verifier = found?.Password ?? PasswordVerifier.Fake(name, _secret, PasswordVerifier.DefaultIterations, PasswordVerifier.DefaultIterations);
        var prepared = PasswordText.TryPrepare(password, out var text) ? text : password;
        return await PasswordHashing.Shared.RunAsync(() => verifier.Matches(prepared), cancellationToken: cancellationToken) ? found : null;
    }

    /// <summary>The rights of a class; none if there is no such class.</summary>
    public ServerRights RightsOf(string className) => _classes.GetValueOrDefault(className);

    private static bool IsHost(string word)
        => word.Length <= 63 && char.IsAsciiLetterOrDigit(word[0]) && word.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '/');

    private bool TryAdd(string[] words)
    {
        if (words.Length == 0 || words[0].StartsWith('#'))
        {
            return true;
        }

        var rights = ServerRights.All;
        if (words is [.., var last] && last.StartsWith(ClassMark, StringComparison.Ordinal))
        {
            (rights, words) = (_classes[last[ClassMark.Length..]], words[..^1]);
        }

        return words.Length is 2 or 3
            && PasswordVerifier.TryParse(words[1], out var password)
            && (words.Length == 2 || IsHost(words[2]))
            && _operators.TryAdd(words[0], new IrcOperator(words[0], password, words.ElementAtOrDefault(2), rights));
    }

    private bool TryAddClass(string name, string[] words)
    {
        var rights = words.Select(OperatorRights.Of).ToList();
        return rights.Count > 0 && !rights.Contains(ServerRights.None) && _classes.TryAdd(name, rights.Aggregate((all, each) => all | each));
    }
}
