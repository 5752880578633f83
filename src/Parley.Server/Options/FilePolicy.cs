namespace Parley.Server.Options;

/// <summary>Policy that decides who may upload files.</summary>
public enum FilePolicy
{
    /// <summary>Nobody; files that are there are not served either.</summary>
    Off,

    /// <summary>Everybody who is logged in to an account.</summary>
    Accounts,

    /// <summary>Everybody who is here.</summary>
    Everyone,
}
