using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Parley.Server.Options;

namespace Parley.Server.Admin;

/// <summary>Answer to an administrator's request: an error, or what was asked for.</summary>
public sealed record AdminAnswer
{
    /// <summary>Why it was not done, in words that say what to do; null if it was.</summary>
    public string? Error { get; init; }

    /// <summary>The same for programs, where there is a word for it.</summary>
    public string? Code { get; init; }

    /// <summary>Accounts that were asked for, or something was done to.</summary>
    public IReadOnlyList<AdminAccount>? Accounts { get; init; }

    /// <summary>Ticket that logs in to the account, once and within a minute, in place of its password.</summary>
    public string? Ticket { get; init; }

    /// <summary>All errors of settings that will not do.</summary>
    public IReadOnlyList<string>? Errors { get; init; }

    /// <summary>State of the server.</summary>
    public AdminStatus? Status { get; init; }

    /// <summary>The certificate in use; null if there is none.</summary>
    public AdminCertificate? Certificate { get; init; }

    /// <summary>Everybody who is there.</summary>
    public IReadOnlyList<AdminUser>? Users { get; init; }

    /// <summary>Every room with somebody in it.</summary>
    public IReadOnlyList<AdminRoom>? Rooms { get; init; }

    /// <summary>Registered rooms.</summary>
    public IReadOnlyList<AdminRegistration>? Registrations { get; init; }

    /// <summary>The settings that differ, and which of them wait for the next start.</summary>
    public IReadOnlyList<SettingsChange>? Changes { get; init; }

    /// <summary>Bans from the server that were asked for, or made, or lifted.</summary>
    public IReadOnlyList<AdminBan>? Bans { get; init; }

    /// <summary>Decisions that were asked for, the oldest first.</summary>
    public IReadOnlyList<AdminAuditEntry>? Audit { get; init; }

    /// <summary>Invitations that were asked for, or the one that was made.</summary>
    public IReadOnlyList<AdminInvitation>? Invitations { get; init; }

    /// <summary>Code of the invitation that was made, which is shown this once.</summary>
    public string? Invitation { get; init; }

    /// <summary>The link that opens the page with it; null where nobody has said where the page is.</summary>
    public string? Link { get; init; }

    /// <summary>The upgrade that was done.</summary>
    public AdminUpgrade? Upgrade { get; init; }

    /// <summary>Is told when the answer was sent, or cannot be.</summary>
    [JsonIgnore]
    internal Action? WhenSent { get; init; }

    /// <summary>Status that HTTP answers an error with; null for that of every other answer.</summary>
    [JsonIgnore]
    internal int? HttpStatus { get; init; }

    /// <summary>The rooms or users that it was done to.</summary>
    public IReadOnlyList<string>? Done { get; init; }

    /// <summary>An answer that says why nothing was done.</summary>
    public static AdminAnswer Fail(string error) => new() { Error = error };

    /// <summary>An answer that says why it is not even tried: what was given has another form.</summary>
    internal static AdminAnswer Refuse(string error) => new() { Error = error, HttpStatus = StatusCodes.Status400BadRequest };
}
