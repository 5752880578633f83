using System.Reflection;
using Parley.Core.Accounts;

namespace Parley.Conformance.Tests.Support;

/// <summary>A store of accounts in memory, which a test can break.</summary>
public class WatchedAccounts : DispatchProxy
{
    private readonly MemoryAccountStore _inner = new();

    /// <summary>True if nothing can be looked up.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Makes one.</summary>
    public static (IAccountStore Store, WatchedAccounts Watched) Create()
    {
        var store = Create<IAccountStore, WatchedAccounts>();
        return (store, (WatchedAccounts)(object)store);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        => IsBroken && targetMethod!.Name is not (nameof(IAsyncDisposable.DisposeAsync) or "get_Location")
            ? throw new AccountStoreException("The disk is gone")
            : targetMethod!.Invoke(_inner, args);
}
