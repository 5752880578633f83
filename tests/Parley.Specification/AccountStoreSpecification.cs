using Parley.Core.Accounts;
using Parley.Core.Names;
using Xunit;

namespace Parley.Specification;

/// <summary>What every store of accounts does. One file per topic. An implementation derives one class from this, and passes.</summary>
public abstract partial class AccountStoreSpecification : IAsyncLifetime
{
    protected static readonly DateTimeOffset Start = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private IAccountStore? _store;

    protected IAccountStore Store => _store ??= CreateStore();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }
    }

    /// <summary>An empty store.</summary>
    protected abstract IAccountStore CreateStore();

    protected static UserName User(string name) => UserName.TryParse(name, out var user) ? user : throw new ArgumentException(name, nameof(name));

    /// <summary>The number that the account of that name, in any case, has in these tests.</summary>
    protected static AccountId IdOf(string name) => TestSession.Login(name).Id;

    protected static AccountCredentials Credentials(string name, string password = "correct horse", string? email = null)
        => new(new Account(IdOf(name), User(name), Start, email), PasswordVerifier.Create(password, PasswordVerifier.MinIterations));

    protected static CertificateFingerprint Certificate(string content) => CertificateFingerprint.Of(System.Text.Encoding.UTF8.GetBytes(content));

    private async Task CreateAsync(params string[] names)
    {
        foreach (var name in names)
        {
            Assert.True(await Store.TryCreateAsync(Credentials(name), Token));
        }
    }
}
