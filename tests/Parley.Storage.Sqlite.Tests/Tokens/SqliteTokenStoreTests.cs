using Parley.Core.Tokens;
using Parley.Specification;
using Parley.Storage.Sqlite.Tokens;

namespace Parley.Storage.Sqlite.Tests.Tokens;

public sealed class SqliteTokenStoreTests : TokenStoreSpecification, IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly SqliteTokens _tokens;

    public SqliteTokenStoreTests() => _tokens = SqliteTokens.OpenOrCreate(_directory.Path);

    protected override ITokenStore Store => _tokens.Tokens;

    public void Dispose()
    {
        _tokens.Dispose();
        _directory.Dispose();
    }
}
