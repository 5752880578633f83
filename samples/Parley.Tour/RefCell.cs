namespace Parley.Tour;

/// <summary>A value that is lent either to one who may change it or to any number who only look, checked at run time.</summary>
/// <remarks>
/// A borrow that breaks the rule throws a <see cref="BorrowException"/> at once, also when it comes from another thread; a cell
/// never waits. Whoever wants to wait takes a lock. A borrow lasts until it is disposed of.
/// </remarks>
public sealed class RefCell<T>(T value)
{
    private const int Exclusive = -1;

    // The number of shared borrows, or Exclusive.
    private int _borrows;
    private T _value = value;

    internal ref T Value => ref _value;

    /// <summary>Lends the value for looking; throws a <see cref="BorrowException"/> while it is lent exclusively.</summary>
    public SharedBorrow<T> BorrowShared() =>
        TryBorrowShared() ?? throw new BorrowException("The value is lent exclusively: end that borrow first.");

    /// <summary>Lends the value for changing; throws a <see cref="BorrowException"/> while it is lent at all.</summary>
    public ExclusiveBorrow<T> BorrowExclusive() =>
        TryBorrowExclusive() ?? throw new BorrowException("The value is lent already: end every other borrow first.");

    /// <summary>Lends the value for looking, or gives null while it is lent exclusively.</summary>
    public SharedBorrow<T>? TryBorrowShared()
    {
        int borrows = Volatile.Read(ref _borrows);
        while (borrows != Exclusive)
        {
            int seen = Interlocked.CompareExchange(ref _borrows, borrows + 1, borrows);
            if (seen == borrows)
            {
                return new SharedBorrow<T>(this);
            }

            borrows = seen;
        }

        return null;
    }

    /// <summary>Lends the value for changing, or gives null while it is lent at all.</summary>
    public ExclusiveBorrow<T>? TryBorrowExclusive() =>
        Interlocked.CompareExchange(ref _borrows, Exclusive, 0) == 0 ? new ExclusiveBorrow<T>(this) : null;

    internal void ReturnShared() => Interlocked.Decrement(ref _borrows);

    internal void ReturnExclusive() => Volatile.Write(ref _borrows, 0);
}
