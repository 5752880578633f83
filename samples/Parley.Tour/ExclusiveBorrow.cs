namespace Parley.Tour;

/// <summary>The right to change the value of a <see cref="RefCell{T}"/>, which nobody else has, until it is disposed of.</summary>
public sealed class ExclusiveBorrow<T> : IDisposable
{
    private RefCell<T>? _cell;

    internal ExclusiveBorrow(RefCell<T> cell) => _cell = cell;

    /// <summary>The value, to be read or set; throws an <see cref="ObjectDisposedException"/> once the borrow has ended.</summary>
    public ref T Value
    {
        get
        {
            ObjectDisposedException.ThrowIf(_cell is null, this);
            return ref _cell.Value;
        }
    }

    /// <summary>Ends the borrow, once.</summary>
    public void Dispose() => Interlocked.Exchange(ref _cell, null)?.ReturnExclusive();
}
