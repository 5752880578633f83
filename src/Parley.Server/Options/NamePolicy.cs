namespace Parley.Server.Options;

/// <summary>True if names of accounts are worn by their owners alone.</summary>
public enum NamePolicy
{
    /// <summary>They are, and no name is worn that looks like another.</summary>
    Strict,

    /// <summary>Anybody may wear them, and is told whose they are.</summary>
    Warn,

    /// <summary>Anybody may wear them.</summary>
    Open,
}
