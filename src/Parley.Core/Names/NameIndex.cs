namespace Parley.Core.Names;

/// <summary>Names in their order, to be read a page at a time beside the dictionary that they are the keys of.</summary>
/// <typeparam name="T">The names.</typeparam>
internal sealed class NameIndex<T>
    where T : struct, IComparable<T>
{
    // Lock tier 4: taken last, nothing is taken inside.
    private readonly Lock _gate = new();
    private readonly SortedSet<T> _names = [];

    /// <summary>Takes note that a name has come or gone. Whoever is last here sees the dictionary as it is, so that no order of changes leaves the two apart.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isThere">Whether the dictionary has it now; asked under the lock.</param>
    public void Changed(T name, Func<T, bool> isThere)
    {
        lock (_gate)
        {
            if (isThere(name))
            {
                _names.Add(name);
            }
            else
            {
                _names.Remove(name);
            }
        }
    }

    /// <summary>The names behind one, in their order. It takes as long as there are names on the page, however many there are in all.</summary>
    /// <param name="after">The name before the first; <c>default</c> for the beginning.</param>
    /// <param name="limit">The most of them.</param>
    public IReadOnlyList<T> After(T after, int limit)
    {
        lock (_gate)
        {
            if (_names.Count == 0 || after.CompareTo(_names.Max) >= 0)
            {
                return [];
            }

            var page = new List<T>(Math.Min(limit, _names.Count));
            foreach (var name in _names.GetViewBetween(after, _names.Max))
            {
                if (page.Count == limit)
                {
                    break;
                }

                if (name.CompareTo(after) > 0)
                {
                    page.Add(name);
                }
            }

            return page;
        }
    }
}
