using System.Reflection;
using Parley.Core.Accounts;

namespace Parley.Server.Tests.Support;

/// <summary>Accounts in memory that can be made to fail: made by <see cref="DispatchProxy"/>, which is why it is not sealed.</summary>
public class FailingAccounts : DispatchProxy
{
    private readonly MemoryAccountStore _store = new();

    public bool IsFailing { get; set; }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        => IsFailing ? throw new AccountStoreException("The disk is gone.") : targetMethod!.Invoke(_store, args);
}
