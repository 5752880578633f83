using Parley.Core.Tokens;
using Parley.Specification;
using Parley.Storage.Sqlite.Tokens;

namespace Parley.Storage.Sqlite.Tests.Tokens;

public sealed class SqliteAnswerStoreTests : AnswerStoreSpecification, IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly SqliteTokens _tokens;

    public SqliteAnswerStoreTests() => _tokens = SqliteTokens.OpenOrCreate(_directory.Path);

    protected override IAnswerStore Store => _tokens.Answers;

    public void Dispose()
    {
        _tokens.Dispose();
        _directory.Dispose();
    }
}
