namespace Parley.Server.Options;

/// <summary>Accounts whose members stay in their rooms while none of their sessions is connected.</summary>
public enum AlwaysOnPolicy
{
    /// <summary>Those whose owners want it.</summary>
    OptIn,

    /// <summary>All but those whose owners do not want it.</summary>
    All,

    /// <summary>None.</summary>
    Off,
}
