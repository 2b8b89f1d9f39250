"""own.txt -> own.json in the form of the entry cases (see README.md there)."""
import json, re, sys, datetime as dt
NOW = '2026-03-04T07:30:00+00:00'
NIGHT = '2026-03-03'
SIDE = {'L': 'left', 'R': 'right', 'B': 'both'}
SITES = {'calf', 'foot', 'toes', 'shin', 'thigh', 'hamstring', 'other'}
def night_of(at):
    t = dt.datetime.fromisoformat(at)
    return (t - dt.timedelta(hours=12)).date().isoformat()
def when(s):
    if 'T' in s: return s
    h = int(s[:2]); return ('2026-03-04T' if h < 12 else '2026-03-03T') + s
def episode(tokens):
    e, f, extra = {}, {}, {}
    for t in tokens:
        if t in SIDE: e['side'] = SIDE[t]
        elif set(t.split('|')) <= SITES: e['site'] = t if '|' not in t else {'any_of': t.split('|')}
        elif t.startswith('@'): e['at'] = when(t[1:])
        elif t.startswith('~'):
            a, tol = t[1:].split('/'); e['at_about'] = when(a); e['tolerance_min'] = int(tol)
        elif re.fullmatch(r'p[\d.]+', t): v = float(t[1:]); e['severity'] = int(v) if v == int(v) else v
        elif re.fullmatch(r'd\d+', t): e['duration_s'] = int(t[1:])
        elif re.fullmatch(r'r\d+-\d+', t): e['duration_range_s'] = [int(x) for x in t[1:].split('-')]
        elif re.fullmatch(r'x\d', t): e['repeats'] = int(t[1:])
        elif t.startswith('+'): e.setdefault('relief', []).append(t[1:])
        elif t in ('woke', 'nowoke'): e['woke'] = t == 'woke'
        elif t == 'knot': e['knot'] = True
        elif t.startswith('post='): e['posture'] = t[5:]
        elif t.startswith('kind='): e['kind'] = t[5:]
        elif t == 'day': e['period'] = 'day'
        elif t.startswith('f:'):
            k, v = t[2:].split('=')
            f[k] = {'yes': True, 'no': False}.get(v) if v in ('yes', 'no') else (float(v) if '.' in v else int(v))
        elif t in ('cramp', 'none', 'calm', 'n') or t.startswith(('n=', 'nights=')): extra[t.split('=')[0]] = t.partition('=')[2]
        else: raise SystemExit(f'bad token {t}')
    at = e.get('at') or e.get('at_about')
    if at and e.get('period') != 'day': e['night'] = night_of(at)
    return e, f, extra
def case(i, kind, line, spec, keep):
    calm_side = None
    if ' & ' in spec: spec, calm_side = spec.split(' & ')
    parts = [episode(p.split()) for p in spec.split(' | ')]
    e, f, extra = parts[0]
    must = {}
    fields = ['severity', 'duration_s', 'repeats', 'relief', 'posture']
    expect = {}
    is_calm = 'calm' in extra or 'nights' in extra
    if is_calm or 'n' in extra:
        if 'nights' in extra and extra['nights']: expect['nights'] = [{'night': n, 'outcome': 'calm'} for n in extra['nights'].split(',')]
        else:
            expect['night'] = extra.get('n') or NIGHT
            if is_calm: expect['outcome'] = 'calm'
            else: must['outcome'] = 'any'
        must['episodes'] = 'any'
        if 'kind' in e:  # a calm night with something that is no cramp
            del must['episodes']
    elif 'none' in extra:
        must['episodes'] = 'any'
    elif 'cramp' in extra:
        expect['kind'] = 'cramp'
    if len(parts) > 1 or calm_side:
        expect['episodes'] = [p[0] for p in parts]
        if calm_side:
            n = episode(calm_side.split())[2]
            expect['nights'] = [{'night': n['n'], 'outcome': 'calm'}]
    elif not ('episodes' in must):
        if not is_calm: expect.update(e)
    if f: expect['factors'] = f
    must['factors'] = 'others'
    seen = set().union(*[set(p[0]) for p in parts])
    if 'episodes' not in must:
        for k in fields:
            if k not in seen and not (k == 'duration_s' and 'duration_range_s' in seen): must[k] = 'any'
        if 'knot' not in seen: must['knot'] = [True]
        if 'kind' not in seen and kind != 'warning': must['kind'] = ['jerk', 'urge', 'ache']
        if 'period' not in seen: must['period'] = ['day']
        if not is_calm and not calm_side: must['outcome'] = ['calm']
        if 'at' not in seen and 'at_about' not in seen: must['at'] = 'elsewhere'
    c = {'id': f'o{i:03}', 'type': kind, 'line': line, 'now': NOW, 'expect': expect, 'must_not': must, 'keep': keep, 'refuse_ok': False}
    if kind == 'warning': c['may'] = ['episodes']
    if not spec.strip(): c['may'] = ['episodes']
    return c
out = []
for raw in open(sys.argv[1]):
    raw = raw.rstrip('\n')
    if not raw or raw.startswith('#'): continue
    parts = [p.strip() for p in raw.split(' ;')]
    kind, line, spec = parts[0], parts[1].strip(), parts[2].strip() if len(parts) > 2 else ''
    keep = [parts[3]] if len(parts) > 3 and parts[3] else []
    out.append(case(len(out) + 1, kind, line, spec, keep))
json.dump(out, open(sys.argv[2], 'w'), indent=0, ensure_ascii=False)
print(len(out))
