namespace Parley.Tour;

/// <summary>A value and the number of its owners. MUST: from zero there is no way back, so the value is disposed of once.</summary>
internal sealed class SharedCount<T>(T value)
    where T : class, IDisposable
{
    private int _owners = 1;
    private T? _value = value;

    public int Owners => Volatile.Read(ref _owners);

    /// <summary>The value, or null when it has ended: a handle that is left does not keep its memory.</summary>
    public T? Value => Volatile.Read(ref _value);

    /// <summary>Counts one more owner, unless there is none left.</summary>
    public bool TryAdd()
    {
        int owners = Owners;
        while (owners > 0)
        {
            int seen = Interlocked.CompareExchange(ref _owners, owners + 1, owners);
            if (seen == owners)
            {
                return true;
            }

            owners = seen;
        }

        return false;
    }

    /// <summary>Counts one owner less; at zero the value is disposed of.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _owners) == 0)
        {
            Interlocked.Exchange(ref _value, null)!.Dispose();
        }
    }
}
