using Parley.Protocol.Lines;

namespace Parley.Client;

/// <summary>Log-in to an account over the lines protocol, as far as it has come.</summary>
/// <remarks>
/// The password MUST go out only as the next line after the server has asked for it: to a server that does not ask, it would be a message.
/// So nothing else may be sent between <see cref="Command"/> and <see cref="IsOver"/>. Only the server can ask, as what users write never
/// reads like a notice.
/// </remarks>
/// <param name="account">The account.</param>
/// <param name="password">Its password.</param>
public sealed class TypedLogin(string account, string password)
{
    private const string Question = "Send the password of ";
    private const string Welcome = "You are logged in as ";

    // What a server says that does not ask: docs/protocols/lines.md.
    private static readonly string[] Refusals = ["This server has no accounts", "Others could read your password", "Unrecognized command", "Not logged in"];

    private bool _isAsked;

    /// <summary>The line that begins it.</summary>
    public string Command => $"/login {account}";

    /// <summary>True once the server has said how it went.</summary>
    public bool IsOver { get; private set; }

    /// <summary>True if it went well: then the server gives the name of the account, too.</summary>
    public bool IsIn { get; private set; }

    /// <summary>Takes a line of the server; the result is what to send now, null for nothing.</summary>
    public string? Answer(in ServerLine line)
    {
        if (IsOver)
        {
            return null;
        }

        if (_isAsked)
        {
            // The password has its place behind the question, so whatever is said now, nothing else can be taken for it.
            IsOver = line.Kind == ServerLineKind.Notice;
            IsIn = IsOver && line.Text.StartsWith(Welcome, StringComparison.Ordinal);
            return null;
        }

        var text = line.Text;
        if (line.Kind == ServerLineKind.Notice && text.StartsWith(Question, StringComparison.Ordinal))
        {
            _isAsked = true;
            return password;
        }

        IsOver = line.Kind == ServerLineKind.Notice && Array.Exists(Refusals, refusal => text.StartsWith(refusal, StringComparison.Ordinal));
        return null;
    }
}
