namespace Parley.Core.Accounts;

/// <summary>A row of an archive: of which table, and its cells, each a <see cref="long"/>, a <see cref="string"/>, an array of bytes, or null.</summary>
/// <param name="Table">The table.</param>
/// <param name="Cells">The cells.</param>
public sealed record ArchiveRow(string Table, IReadOnlyList<object?> Cells)
{
    /// <summary>Table of the highest number that each table ever gave out, as none comes again.</summary>
    public const string Numbers = "number";

    /// <summary>True if it is there before anybody has done anything: the server's secrets.</summary>
    public bool IsSecret => Table is "secret" or "push_key";

    /// <summary>True if all cells are the same.</summary>
    public bool Equals(ArchiveRow? other)
        => other is not null && string.Equals(Table, other.Table, StringComparison.Ordinal) && Cells.SequenceEqual(other.Cells, CellComparer.Instance);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Table, Cells.Count);

    private sealed class CellComparer : IEqualityComparer<object?>
    {
        public static readonly CellComparer Instance = new();

        public new bool Equals(object? x, object? y) => x is byte[] left && y is byte[] right ? left.AsSpan().SequenceEqual(right) : object.Equals(x, y);

        public int GetHashCode(object? obj) => obj?.GetHashCode() ?? 0;
    }
}
