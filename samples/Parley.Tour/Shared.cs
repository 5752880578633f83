namespace Parley.Tour;

/// <summary>One of several owners of a value, which is disposed of when the last owner lets go.</summary>
/// <remarks>
/// <para>The garbage collector frees memory when nobody refers to it; this is for what must end at a known moment.</para>
/// <para>
/// Every <see cref="Share"/> makes an owner that must be disposed of, once for each. The count is atomic: owners may come and
/// go on any thread. Values that own each other in a circle never end; make one direction of the circle <see cref="Weak{T}"/>.
/// </para>
/// </remarks>
public sealed class Shared<T> : IDisposable
    where T : class, IDisposable
{
    private readonly SharedCount<T> _count;
    private bool _released;

    /// <summary>Becomes the first owner of <paramref name="value"/>.</summary>
    public Shared(T value)
        : this(new SharedCount<T>(value))
    {
    }

    internal Shared(SharedCount<T> count) => _count = count;

    /// <summary>The value; throws an <see cref="ObjectDisposedException"/> once this owner has let go, whoever else has not.</summary>
    public T Value
    {
        get
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _released), this);
            return _count.Value ?? throw new ObjectDisposedException(GetType().FullName);
        }
    }

    /// <summary>Current number of owners; owners on other threads may change it at any moment.</summary>
    public int OwnerCount => _count.Owners;

    /// <summary>One more owner; throws an <see cref="ObjectDisposedException"/> once this one has let go.</summary>
    public Shared<T> Share()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _released) || !_count.TryAdd(), this);
        return new Shared<T>(_count);
    }

    /// <summary>A handle that does not own, and so does not keep the value from its end.</summary>
    public Weak<T> Downgrade() => new(_count);

    /// <summary>Lets go, once; the last owner disposes of the value, on the thread that it is on.</summary>
    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _released, true))
        {
            _count.Release();
        }
    }
}
