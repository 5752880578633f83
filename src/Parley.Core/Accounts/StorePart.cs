namespace Parley.Core.Accounts;

/// <summary>Parts of a store that servers have in memory.</summary>
public enum StorePart
{
    /// <summary>Accounts, as far as some are removed.</summary>
    Accounts,

    /// <summary>Bans from the server.</summary>
    Bans,

    /// <summary>Subscriptions to web push.</summary>
    PushSubscriptions,

    /// <summary>Devices of accounts, as far as some are removed.</summary>
    Devices,

    /// <summary>Proofs of accounts other than devices, as far as some are withdrawn: passwords before, certificates, outside identities, keys.</summary>
    Proofs,

    /// <summary>Web hooks.</summary>
    Hooks,
}
