{{- /* Labels of the whole team, which the budget of disruptions is for. */ -}}
{{- define "xmtp.team" -}}
app.kubernetes.io/name: xmtp-messaging
app.kubernetes.io/part-of: {{ printf "xmtp-%s" .team | quote }}
{{- end -}}

{{- /* Labels of one workload. */ -}}
{{- define "xmtp.labels" -}}
{{ include "xmtp.team" . }}
app.kubernetes.io/instance: {{ .workload.name | quote }}
{{- end -}}

{{- /* What `$(NAME)` would stand for is taken away: a value is what it says. */ -}}
{{- define "xmtp.value" -}}
{{ . | replace "$" "$$" | toJson }}
{{- end -}}
