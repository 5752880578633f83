using System.Diagnostics.CodeAnalysis;

namespace Parley.Tour;

/// <summary>A handle to a value that others own (<see cref="Shared{T}"/>): it finds the value while it has an owner.</summary>
public sealed class Weak<T>
    where T : class, IDisposable
{
    private readonly SharedCount<T> _count;

    internal Weak(SharedCount<T> count) => _count = count;

    /// <summary>Becomes an owner, to be disposed of, if the value has not ended.</summary>
    public bool TryUpgrade([NotNullWhen(true)] out Shared<T>? owner)
    {
        owner = _count.TryAdd() ? new Shared<T>(_count) : null;
        return owner is not null;
    }
}
