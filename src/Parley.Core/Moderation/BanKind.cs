namespace Parley.Core.Moderation;

/// <summary>Kinds of subjects that a ban can have. Their numbers are kept.</summary>
public enum BanKind
{
    /// <summary>An account, wherever it is logged in and whatever name it wears.</summary>
    Account = 1,

    /// <summary>A guest, for as long as its connection lasts.</summary>
    Guest = 2,

    /// <summary>An address, or a network of them.</summary>
    Network = 3,

    /// <summary>Everybody of whom <c>name!ident@host</c> matches a pattern.</summary>
    Mask = 4,
}
