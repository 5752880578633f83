namespace Parley.Core.Accounts;

/// <summary>Somebody's lasting identity: an account, or a guest for as long as its connection lasts.</summary>
/// <remarks>Rights MUST be asked of this and never of a name: a name is worn, and the next who wears it is somebody else.</remarks>
public readonly record struct Identity
{
    private Identity(long value) => Value = value;

    /// <summary>As it is kept: above zero for an account, below for a guest, zero for somebody unknown.</summary>
    public long Value { get; }

    /// <summary>True if it is not known who this is.</summary>
    public bool IsUnknown => Value == 0;

    /// <summary>True if this is an account.</summary>
    public bool IsAccount => Value > 0;

    /// <summary>An account, wherever it is logged in.</summary>
    public static Identity Of(AccountId account) => new(account.Value);

    /// <summary>A guest, by its user's number, which no other connection has.</summary>
    public static Identity OfGuest(long userId) => new(-userId);

    /// <summary>Reads what <see cref="Value"/> gives.</summary>
    public static Identity Restore(long value) => new(value);
}
