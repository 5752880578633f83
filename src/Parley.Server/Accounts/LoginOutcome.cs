namespace Parley.Server.Accounts;

/// <summary>End of an attempt to log in.</summary>
internal enum LoginOutcome
{
    /// <summary>With a wrong password, or the like: it counts.</summary>
    Failed,

    /// <summary>With the right one.</summary>
    Succeeded,

    /// <summary>With neither.</summary>
    TakenBack,
}
