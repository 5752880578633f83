using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Parley.Core.Accounts;

/// <summary>The lasting number of an account. It is random, so that no other account has it, also in another store or after the account is removed.</summary>
/// <param name="Value">Above zero; zero stands for no account.</param>
public readonly record struct AccountId(long Value)
{
    /// <summary>True if this is <c>default</c>, which is no account's.</summary>
    public bool IsEmpty => Value == 0;

    /// <summary>A number that no account has.</summary>
    public static AccountId New()
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        RandomNumberGenerator.Fill(bytes);
        return new AccountId((BinaryPrimitives.ReadInt64LittleEndian(bytes) & long.MaxValue) | 1);
    }
}
