using Parley.Core.Events;

namespace Parley.Server.Irc.Users;

/// <summary>Query by WHO for facts about users (https://ircv3.net/specs/extensions/whox).</summary>
/// <param name="OperatorsOnly">Whether only of operators of the server.</param>
/// <param name="Fields">The letters of what is asked for; null for the old form, which says always the same.</param>
/// <param name="Token">What the client knows the answer by.</param>
internal sealed record IrcWhoQuery(bool OperatorsOnly, string? Fields, string Token)
{
    // flags [ "%" fields [ "," token ] ]

    private const int MaxTokenDigits = 3;

    /// <summary>Reads what follows the mask; empty for nothing.</summary>
    public static IrcWhoQuery Parse(string text)
    {
        var percent = text.IndexOf('%', StringComparison.Ordinal);
        var flags = percent < 0 ? text : text[..percent];
        var fields = percent < 0 ? null : text[(percent + 1)..].Split(',', 2);
        var token = fields is [_, { Length: > 0 and <= MaxTokenDigits } digits] && digits.All(char.IsAsciiDigit) ? digits : "0";
        return new IrcWhoQuery(flags.Contains('o', StringComparison.Ordinal), fields?[0], token);
    }

    public bool Has(char field) => Fields?.Contains(field, StringComparison.Ordinal) ?? false;

    public bool Admits(in Actor user) => !OperatorsOnly || user.Profile.IsOperator;
}
