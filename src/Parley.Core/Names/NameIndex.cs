using System.Collections.Concurrent;

namespace Parley.Core.Names;

/// <summary>Names in their order, to be read a page at a time beside the dictionary that they are the keys of.</summary>
/// <remarks>
/// Names are put in order when somebody reads them, and kept in order from then on: a page takes as long as there are names on it. If many come and go
/// without a reader, the order is dropped until the next one. So a crowd that arrives pays nothing for it.
/// </remarks>
/// <typeparam name="T">The names.</typeparam>
internal sealed class NameIndex<T>
    where T : struct, IComparable<T>
{
    /// <summary>Changes without a reader, besides as many as there are names, behind which it costs less to sort all of them again.</summary>
    internal const int FewChanges = 1000;

    // Lock tier 4: taken last, nothing is taken inside.
    private readonly Lock _gate = new();
    private SortedSet<T>? _names;
    private int _unread;

    /// <summary>True while names are kept in order.</summary>
    internal bool IsKept => _names is not null;

    /// <summary>Takes note that a name has come or gone. Whoever is last here sees the dictionary as it is, so that no order of changes leaves the two apart.</summary>
    /// <param name="name">The name.</param>
    /// <param name="all">The dictionary, which is changed already; looked at under the lock.</param>
    /// <typeparam name="TValue">What is named.</typeparam>
    public void Changed<TValue>(T name, ConcurrentDictionary<T, TValue> all)
    {
        lock (_gate)
        {
            if (_names is not { } names)
            {
                return;
            }

            if (++_unread > names.Count + FewChanges)
            {
                _names = null;
            }
            else if (all.ContainsKey(name))
            {
                names.Add(name);
            }
            else
            {
                names.Remove(name);
            }
        }
    }

    /// <summary>The names behind one, in their order.</summary>
    /// <param name="after">The name before the first; <c>default</c> for the beginning.</param>
    /// <param name="limit">The most of them.</param>
    /// <param name="all">The dictionary.</param>
    /// <typeparam name="TValue">What is named.</typeparam>
    public IReadOnlyList<T> After<TValue>(T after, int limit, ConcurrentDictionary<T, TValue> all)
    {
        lock (_gate)
        {
            // Whoever changes the dictionary while it is read here comes to Changed behind it.
            var names = _names ??= new SortedSet<T>(all.Select(static each => each.Key));
            _unread = 0;
            if (names.Count == 0 || after.CompareTo(names.Max) >= 0)
            {
                return [];
            }

            var page = new List<T>(Math.Min(limit, names.Count));
            foreach (var name in names.GetViewBetween(after, names.Max))
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
