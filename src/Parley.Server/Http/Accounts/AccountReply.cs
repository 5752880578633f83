namespace Parley.Server.Http.Accounts;

/// <summary>Answer to a request about an account that was granted; parts that it has nothing to say about are missing.</summary>
internal sealed record AccountReply
{
    /// <summary>The account, as it is spelled.</summary>
    public string? Account { get; init; }

    /// <summary>Token that logs this browser or program in, in place of the password.</summary>
    public string? Token { get; init; }

    /// <summary>True if a code was sent by e-mail, and has to come back first.</summary>
    public bool? Pending { get; init; }

    /// <summary>A sentence for the person.</summary>
    public string? Detail { get; init; }

    /// <summary>Browsers and programs that are logged in.</summary>
    public IReadOnlyList<DeviceAnswer>? Devices { get; init; }

    /// <summary>Passkeys of the account.</summary>
    public IReadOnlyList<PasskeyAnswer>? Passkeys { get; init; }

    /// <summary>True if accounts may have passkeys.</summary>
    public bool? TakesPasskeys { get; init; }

    /// <summary>True if passwords are kept here, and people set theirs.</summary>
    public bool? Passwords { get; init; }

    /// <summary>True if people make accounts themselves, without an invitation.</summary>
    public bool? Registration { get; init; }

    /// <summary>True if a new account needs an e-mail address.</summary>
    public bool? NeedsEmail { get; init; }

    /// <summary>True if a forgotten password can be set by e-mail.</summary>
    public bool? Recovery { get; init; }

    /// <summary>True if nobody comes in without an account.</summary>
    public bool? NeedsAccount { get; init; }
}
