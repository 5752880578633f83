using System.Security.Cryptography;
using Parley.Core.Accounts;
using Parley.Server.Accounts;
using Parley.Server.Options;

namespace Parley.Server.Irc.Files;

/// <summary>List of those who may become an operator of the server, each by a name and a password of its own.</summary>
/// <remarks>
/// <code>
/// file = *( [ name 1*blank verifier [ 1*blank host ] / "#" comment ] LF )     ; as "parley operator name" writes it
/// </code>
/// </remarks>
internal sealed class IrcOperators
{
    private readonly Dictionary<string, IrcOperator> _operators = new(StringComparer.Ordinal);
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);

    /// <summary>Their names, in alphabetical order.</summary>
    public IEnumerable<string> Names => _operators.Keys.Order(StringComparer.Ordinal);

    /// <summary>Takes a file's lines apart.</summary>
    /// <exception cref="SettingsException">Says every line at fault.</exception>
    public static IrcOperators Parse(string path, IReadOnlyList<string> lines)
    {
        var operators = new IrcOperators();
        var errors = new List<string>();
        foreach (var (index, line) in lines.Index())
        {
            if (!operators.TryAdd(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
            {
                errors.Add($"operators: {path}, line {index + 1} will not do: give each name once, as parley operator NAME writes it");
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

    private static bool IsHost(string word)
        => word.Length <= 63 && char.IsAsciiLetterOrDigit(word[0]) && word.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '/');

    private bool TryAdd(string[] words)
    {
        if (words.Length == 0 || words[0].StartsWith('#'))
        {
            return true;
        }

        return words.Length is 2 or 3
            && PasswordVerifier.TryParse(words[1], out var password)
            && (words.Length == 2 || IsHost(words[2]))
            && _operators.TryAdd(words[0], new IrcOperator(words[0], password, words.ElementAtOrDefault(2)));
    }
}
