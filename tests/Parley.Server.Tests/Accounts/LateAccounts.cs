using System.Reflection;
using Parley.Core.Accounts;

namespace Parley.Server.Tests.Accounts;

/// <summary>A store of accounts in memory that gives an account to somebody who looks it up, and has something happen before they go on, or before an account is made.</summary>
public class LateAccounts : DispatchProxy
{
    /// <summary>The store.</summary>
    public MemoryAccountStore Inner { get; } = new();

    /// <summary>Happens behind the next look at an account.</summary>
    public Func<Task>? Meanwhile { get; set; }

    /// <summary>Happens before the next account is made, which was found to be free by then.</summary>
    public Func<Task>? BeforeCreate { get; set; }

    /// <summary>Makes one.</summary>
    public static (IAccountStore Store, LateAccounts Late) Create()
    {
        var store = Create<IAccountStore, LateAccounts>();
        return (store, (LateAccounts)(object)store);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == nameof(IAccountStore.TryCreateAsync) && BeforeCreate is { } before)
        {
            BeforeCreate = null;
            return new ValueTask<bool>(CreateAsync());
        }

        var result = targetMethod.Invoke(Inner, args);
        if (result is not ValueTask<AccountCredentials?> found || Meanwhile is not { } meanwhile)
        {
            return result;
        }

        Meanwhile = null;
        return new ValueTask<AccountCredentials?>(FindAsync(found.AsTask(), meanwhile));

        async Task<bool> CreateAsync()
        {
            await before();
            return await (ValueTask<bool>)targetMethod.Invoke(Inner, args)!;
        }
    }

    private static async Task<AccountCredentials?> FindAsync(Task<AccountCredentials?> found, Func<Task> meanwhile)
    {
        var account = await found;
        await meanwhile();
        return account;
    }
}
