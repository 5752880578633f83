using System.Reflection;
using Parley.Core.Accounts;

namespace Parley.Server.Tests.Support;

/// <summary>Accounts in memory that can be made to fail: made by <see cref="DispatchProxy"/>, which is why it is not sealed.</summary>
public class FailingAccounts : DispatchProxy
{
    private readonly MemoryAccountStore _store = new();

    public bool IsFailing { get; set; }

    /// <summary>Called before an account is made.</summary>
    public Action? BeforeCreate { get; set; }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == nameof(IAccountStore.TryCreateAsync) && BeforeCreate is { } hook)
        {
            BeforeCreate = null;
            hook();
        }

        return IsFailing ? throw new AccountStoreException("The disk is gone.") : targetMethod.Invoke(_store, args);
    }
}
