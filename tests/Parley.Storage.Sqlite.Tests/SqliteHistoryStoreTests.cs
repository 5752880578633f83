using Parley.Core.History;
using Parley.Specification;

namespace Parley.Storage.Sqlite.Tests;

public sealed class SqliteHistoryStoreTests : HistoryStoreSpecification
{
    private readonly TemporaryDirectory _directory = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _directory.Dispose();
    }

    protected override IHistoryStore CreateStore() => SqliteHistoryStore.Open(_directory.Path, new());
}
