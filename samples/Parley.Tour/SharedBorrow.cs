namespace Parley.Tour;

/// <summary>The right to look at the value of a <see cref="RefCell{T}"/>, until it is disposed of.</summary>
public sealed class SharedBorrow<T> : IDisposable
{
    private RefCell<T>? _cell;

    internal SharedBorrow(RefCell<T> cell) => _cell = cell;

    /// <summary>The value; throws an <see cref="ObjectDisposedException"/> once the borrow has ended.</summary>
    public ref readonly T Value
    {
        get
        {
            ObjectDisposedException.ThrowIf(_cell is null, this);
            return ref _cell.Value;
        }
    }

    /// <summary>Ends the borrow, once.</summary>
    public void Dispose() => Interlocked.Exchange(ref _cell, null)?.ReturnShared();
}
