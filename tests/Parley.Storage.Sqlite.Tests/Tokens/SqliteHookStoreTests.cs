using Parley.Core.Hooks;
using Parley.Specification;
using Parley.Storage.Sqlite.Tokens;

namespace Parley.Storage.Sqlite.Tests.Tokens;

public sealed class SqliteHookStoreTests : HookStoreSpecification, IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly SqliteTokens _tokens;

    public SqliteHookStoreTests() => _tokens = SqliteTokens.OpenOrCreate(_directory.Path);

    protected override IHookStore Store => _tokens.Hooks;

    public void Dispose()
    {
        _tokens.Dispose();
        _directory.Dispose();
    }
}
