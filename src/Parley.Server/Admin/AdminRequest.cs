using System.Text.Json.Serialization;
using Parley.Core.Tokens;

namespace Parley.Server.Admin;

/// <summary>Request of an administrator to a running server: a line of JSON over its Unix socket.</summary>
/// <param name="Command">One of <see cref="AdminCommands"/>.</param>
public sealed record AdminRequest(string Command)
{
    /// <summary>The user whom it is about.</summary>
    public string? User { get; init; }

    /// <summary>The room that it is about; all of them if there is none.</summary>
    public string? Room { get; init; }

    /// <summary>A password, of which nothing is logged.</summary>
    public string? Password { get; init; }

    /// <summary>A reason, or what is to be said.</summary>
    public string? Text { get; init; }

    /// <summary>The subject of a ban.</summary>
    public string? Subject { get; init; }

    /// <summary>Duration of what is asked for, such as <c>2d</c>.</summary>
    public string? For { get; init; }

    /// <summary>Accounts that an invitation is for; null for one.</summary>
    public int? Uses { get; init; }

    /// <summary>The number of entries that are asked for; null for the usual one.</summary>
    public int? Last { get; init; }

    /// <summary>The time from which on entries are asked for, UTC; null for any.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>True to say only what would be done.</summary>
    public bool DryRun { get; init; }

    /// <summary>The program that is to take the server's place; null for the server's own file.</summary>
    public string? Program { get; init; }

    /// <summary>Scopes of the token by which it is asked; null where none is needed, as there is no bound then.</summary>
    [JsonIgnore]
    internal AdminScopes? Scopes { get; init; }

    /// <summary>True if whoever asks is root or the server's own user, by the word of the system.</summary>
    [JsonIgnore]
    internal bool MayRunPrograms { get; init; }

    /// <summary>Name of whoever asks; null if that is not known.</summary>
    public string? By { get; init; }
}
