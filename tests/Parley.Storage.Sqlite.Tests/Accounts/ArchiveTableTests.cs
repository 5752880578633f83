using Parley.Core.Accounts;
using Parley.Storage.Sqlite.Admin;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Tokens;

namespace Parley.Storage.Sqlite.Tests.Accounts;

public sealed class ArchiveTableTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Every_column_of_the_files_of_accounts_and_tokens_is_taken_along()
    {
        await using (SqliteAccountStore.Open(_directory.Path))
        {
        }

        using (var tokens = SqliteTokens.OpenOrCreate(_directory.Path))
        {
            await tokens.Hooks.ListAsync(TestContext.Current.CancellationToken);
        }

        Assert.Empty(Missing(FileKind.Accounts, ArchivePart.Accounts).Concat(Missing(FileKind.Tokens, ArchivePart.Tokens)));
    }

    private IEnumerable<string> Missing(FileKind kind, ArchivePart part)
    {
        using var database = Database.Open(kind.PathIn(_directory.Path), kind, readOnly: true, TimeSpan.Zero);
        using var columns = database.Prepare(
            "SELECT tables.name, columns.name FROM sqlite_master AS tables JOIN pragma_table_info(tables.name) AS columns WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%'");
        var count = 0;
        while (columns.Step())
        {
            count++;
            var (table, column) = (columns.Text(0), columns.Text(1));

            // An account's own id is for the tables of the file alone: others know it by its identity.
            if ((table, column) != ("account", "id")
                && !ArchiveTable.All.Any(each => each.Part == part && each.Insert.StartsWith($"INSERT INTO {table} (", StringComparison.Ordinal)
                    && each.Insert.Split('(', ')')[1].Split(", ").Contains(column, StringComparer.Ordinal)))
            {
                yield return $"{table}.{column}";
            }
        }

        Assert.True(count > 10);
    }
}
