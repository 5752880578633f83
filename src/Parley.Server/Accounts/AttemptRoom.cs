namespace Parley.Server.Accounts;

/// <summary>Room for one more attempt.</summary>
internal enum AttemptRoom
{
    /// <summary>It may.</summary>
    Free,

    /// <summary>It depends on how those end that are under way.</summary>
    Soon,

    /// <summary>Too many have failed.</summary>
    None,
}
